package io.tombola.actors.device;

import io.tombola.actors.WorkerResources;
import io.tombola.protocol.trial.TrainJob;
import io.tombola.protocol.trial.TrialStart;
import io.tombola.training.Checkpoint;
import io.tombola.training.DeviceProbe;
import io.tombola.training.TrialSetup;
import io.tombola.training.TrialTraining;
import io.tombola.training.data.DataSplits;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.OptimizerState;
import io.tombola.training.engine.TrainingPosition;
import io.tombola.training.start.StartingPoint;
import java.util.Optional;

/** Opens trainings from jobs, which hold references only. Confined to the trainer's thread. */
record TrainingFactory(WorkerResources resources, Engine engine) {

  /** Opens the job's training; the caller closes it. */
  TrialTraining open(TrainJob job, Optional<Checkpoint> checkpoint) {
    DataSplits splits = splits(job);
    TrialSetup setup = setup(job);
    return engine.call(
        () ->
            checkpoint.isPresent()
                ? TrialTraining.resume(engine, splits, setup, checkpoint.get())
                : TrialTraining.start(engine, splits, setup));
  }

  /** Computes one step at the size of the job; of the smallest network if there is none. */
  void probe(Optional<TrainJob> size) {
    if (size.isPresent()) {
      DataSplits splits = splits(size.get());
      TrialSetup setup = setup(size.get());
      engine.run(() -> DeviceProbe.run(engine, splits, setup));
    } else {
      engine.run(() -> DeviceProbe.smallest(engine));
    }
  }

  private DataSplits splits(TrainJob job) {
    return resources.data().splits(job.campaign(), job.trial().replicate());
  }

  private TrialSetup setup(TrainJob job) {
    return new TrialSetup(
        job.campaign(),
        job.trial(),
        start(job.start()),
        job.engine(),
        job.ticket().map(resources::weights));
  }

  private StartingPoint start(TrialStart refs) {
    OptimizerState optimizer =
        refs.optimizer()
            .map(ref -> resources.checkpoint(ref).position().optimizer())
            .orElse(OptimizerState.FRESH);
    return new StartingPoint(
        new TrainingPosition(refs.iteration(), resources.weights(refs.weights()), optimizer),
        resources.mask(refs.mask()));
  }
}
