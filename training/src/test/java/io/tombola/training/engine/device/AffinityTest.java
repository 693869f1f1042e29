package io.tombola.training.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class AffinityTest {

  @Test
  void readsListsAsLinuxWritesThem() {
    assertEquals(List.of(0), Affinity.parse("0\n"));
    assertEquals(List.of(0, 1, 2, 3, 8), Affinity.parse("\t0-3,8\n"));
    assertEquals(List.of(1, 3, 10, 11), Affinity.parse("1,3,10-11"));
  }

  @Test
  void coresAreTakenInAnotherOrderAtMost() {
    List<Integer> cores = List.of(0, 1, 2, 3, 1_000_000);
    assertEquals(new TreeSet<>(cores), new TreeSet<>(Affinity.inTurn(cores)));
    assertEquals(cores.size(), Affinity.inTurn(cores).size());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aCoreThatIsNotThereIsRefused() throws IOException {
    List<Integer> before = Affinity.allowed();
    assertThrows(IOException.class, () -> Affinity.bind(1_000_000));
    assertEquals(before, Affinity.allowed());
  }
}
