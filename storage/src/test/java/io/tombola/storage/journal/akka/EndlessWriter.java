package io.tombola.storage.journal.akka;

import akka.actor.typed.ActorRef;
import io.tombola.storage.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Writes events under several ids and prints {@code id number} for each that was acknowledged,
 * until it is killed.
 */
public final class EndlessWriter {

  /** A line of its output. */
  public record Acknowledged(String id, long sequence) {

    public static Acknowledged parse(String line) {
      int space = line.indexOf(' ');
      return new Acknowledged(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
    }
  }

  private static final int WRITERS = 4;

  private EndlessWriter() {}

  public static void main(String[] arguments) {
    try (Recorders recorders = new Recorders(arguments[0])) {
      List<CompletableFuture<Void>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        String id = "campaign|endless-" + i;
        writers.add(writeOn(recorders, recorders.spawn(id, 10), id, 1));
      }
      writers.forEach(CompletableFuture::join);
    }
  }

  private static CompletableFuture<Void> writeOn(
      Recorders recorders, ActorRef<Recorder.Command> actor, String id, int next) {
    return recorders
        .record(actor, Samples.completions(next, 1))
        .thenCompose(
            acknowledged -> {
              System.out.println(id + " " + acknowledged);
              return writeOn(recorders, actor, id, next + 1);
            });
  }
}
