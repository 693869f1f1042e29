package io.tombola.deploy.run;

import io.tombola.actors.WorkerResources;
import io.tombola.actors.device.DevicePool;
import io.tombola.actors.device.Trainer;
import io.tombola.actors.device.child.TrainerProxy;
import io.tombola.actors.device.child.TrainerTimeouts;
import io.tombola.deploy.trainer.TrainerCommand;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.training.engine.Device;
import io.tombola.training.engine.Engine;
import io.tombola.training.engine.EngineSelection;
import io.tombola.training.engine.device.CoreAllocator;
import io.tombola.training.engine.device.Engines;
import io.tombola.training.engine.device.PinnedEngine;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The devices of a run and the trainers that use them.
 *
 * @param decorator wraps each engine that this process opens, on the engine's thread
 */
record RunDevices(RunRequest request, Engines engines, UnaryOperator<Engine> decorator) {

  static RunDevices detect(RunRequest request, UnaryOperator<Engine> decorator) {
    OptionalInt slots = request.config().devices().cpuSlots();
    Engines engines = slots.isPresent() ? Engines.detect(slots.getAsInt()) : Engines.detect();
    return new RunDevices(request, engines, decorator);
  }

  /** Device ids, such as {@code cpu:0}. */
  List<String> ids() {
    return engines.devices().stream().map(Device::id).toList();
  }

  /** A new campaign, with its engine chosen for these devices. */
  CampaignSpec withEngine(CampaignSpec campaign) {
    return campaign.withEngine(EngineSelection.on(engines.devices(), campaign.training().engine()));
  }

  /** Creates trainers in this process or in child processes, as configured. */
  DevicePool.TrainerFactory trainers(WorkerResources workers) {
    TrainerCommand command =
        new TrainerCommand(request.store(), engines.devices().size(), pinsCores());
    CoreAllocator cores = CoreAllocator.ofMachine();
    return switch (request.config().trainers().isolation()) {
      case THREAD -> device -> Trainer.create(workers, device, () -> open(withId(device), cores));
      case PROCESS -> device -> TrainerProxy.create(device, command, TrainerTimeouts.DEFAULT);
    };
  }

  private Device withId(String id) {
    return engines.devices().stream()
        .filter(device -> device.id().equals(id))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("expected one of " + ids() + ", found " + id));
  }

  private Engine open(Device device, CoreAllocator cores) {
    Supplier<Engine> engine = () -> decorator.apply(engines.open(device));
    return pinsCores() ? PinnedEngine.open(device, cores, engine) : engine.get();
  }

  private boolean pinsCores() {
    return request.config().devices().pinCores();
  }
}
