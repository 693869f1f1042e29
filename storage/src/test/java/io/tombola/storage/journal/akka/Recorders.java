package io.tombola.storage.journal.akka;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import io.tombola.protocol.event.CampaignEvent;
import io.tombola.protocol.state.CampaignState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An actor system with persistent actors, as the real ones are. */
public final class Recorders implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ActorSystem<Void> system;

  public Recorders(String url) {
    system = ActorSystem.create(Behaviors.empty(), "recorders", JournalClient.config(url));
  }

  public ActorRef<Recorder.Command> spawn(String id, int snapshotEvery) {
    return system.systemActorOf(
        Recorder.of(id, snapshotEvery), id.replace('|', '-'), Props.empty());
  }

  public CompletableFuture<Long> record(
      ActorRef<Recorder.Command> actor, List<CampaignEvent> events) {
    return AskPattern.<Recorder.Command, Long>ask(
            actor, reply -> new Recorder.Persist(events, reply), TIMEOUT, system.scheduler())
        .toCompletableFuture();
  }

  public CampaignState state(ActorRef<Recorder.Command> actor) {
    return AskPattern.<Recorder.Command, CampaignState>ask(
            actor, Recorder.Tell::new, TIMEOUT, system.scheduler())
        .toCompletableFuture()
        .join();
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
