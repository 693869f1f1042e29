package io.tombola.storage.view;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.record.RoundRecord;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.storage.Samples;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final String HEADER =
      "campaign,replicate,round,arm,status,iterations,remaining_weights,prunable_weights,"
          + "remaining_percent,early_stop_iteration,early_stop_validation_loss_nats,"
          + "early_stop_validation_accuracy_percent,early_stop_test_accuracy_percent,"
          + "final_validation_loss_nats,final_test_accuracy_percent,mask_sha256,weights_sha256,"
          + "error_barrier_percent,failed_iteration,failed_layer,engine";

  private final List<RoundRecord> records = records();

  @Test
  void writesCsvWithAnEmptyCellWhereThereIsNoNumber() throws IOException {
    StringBuilder csv = new StringBuilder();
    ResultsCsv.write(records, csv);
    assertEquals(
        List.of(
            HEADER,
            "one,1,0,ticket,ok,100,8,10,80.0,30,0.5,88.0,87.0,0.6,86.5,"
                + Samples.ref("mask")
                + ","
                + Samples.ref("trained")
                + ",,,,sparse",
            "one,1,1,reinit-1,diverged,0,8,10,80.0,,,,,,,"
                + Samples.ref("mask")
                + ",,,40,dense-1,sparse"),
        csv.toString().lines().toList());
    assertTrue(csv.toString().endsWith("\r\n"));
  }

  @Test
  void writesTheHeaderOfAnEmptyTable() throws IOException {
    StringBuilder csv = new StringBuilder();
    ResultsCsv.write(List.of(), csv);
    assertEquals(HEADER + "\r\n", csv.toString());
  }

  @Test
  void writesJsonThatReadsBack() throws IOException {
    StringBuilder array = new StringBuilder();
    ResultsJson.write(records, array);
    assertEquals(
        records,
        Json.MAPPER.readValue(array.toString(), new TypeReference<List<RoundRecord>>() {}));
  }

  private static List<RoundRecord> records() {
    return ReplicateState.of(Samples.replicate("one", 1)).records();
  }
}
