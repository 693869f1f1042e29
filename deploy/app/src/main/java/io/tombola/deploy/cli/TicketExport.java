package io.tombola.deploy.cli;

import io.tombola.deploy.config.BuildInfo;
import io.tombola.protocol.ArtifactRef;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.json.Json;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.spec.TrainingSpec;
import io.tombola.protocol.state.TrialState;
import io.tombola.storage.DurableFiles;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.training.engine.dense.dl4j.Dl4jZip;
import io.tombola.training.export.ChannelsFirst;
import io.tombola.training.export.Npz;
import io.tombola.training.export.Safetensors;
import io.tombola.training.export.Tensor;
import io.tombola.training.mask.Mask;
import io.tombola.training.network.Weights;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Writes a trial's mask and weights as files for other tools; equal tickets give equal bytes. */
final class TicketExport {

  /** File formats. */
  enum Format {
    /** For PyTorch and many others. */
    SAFETENSORS,
    /** For NumPy. */
    NPZ,
    /** For DL4J's {@code ModelSerializer}; the mask is an npz. */
    DL4J
  }

  /**
   * The trial to export.
   *
   * @param trial a trained one
   * @param theta0 the replicate's initial weights
   */
  record Ticket(TrialId id, CampaignSpec campaign, TrialState trial, ArtifactRef theta0) {

    /** The weights by the name of their file; θ0 once, if the training started from it. */
    Map<String, ArtifactRef> weights() {
      Map<String, ArtifactRef> weights = new LinkedHashMap<>();
      weights.put("initial", trial.start().weights());
      weights.put("trained", trial.trained().orElseThrow().weights());
      if (!theta0.equals(trial.start().weights())) {
        weights.put("theta0", theta0);
      }
      return weights;
    }

    Path folder() {
      return Path.of(
          id.campaign(), "replicate-" + id.replicate(), "round-" + id.round(), id.arm().toString());
    }
  }

  private final ArtifactStore artifacts;
  private final Path output;
  private final Set<Format> formats;

  /**
   * An export to the folder {@code output}.
   *
   * @param artifacts the store of masks and weights
   */
  TicketExport(ArtifactStore artifacts, Path output, Set<Format> formats) {
    this.artifacts = artifacts;
    this.output = output;
    this.formats = formats;
  }

  /**
   * Writes one ticket.
   *
   * @return the files
   * @throws io.tombola.storage.artifact.CorruptArtifactException if an artifact is missing or
   *     damaged
   */
  List<Path> write(Ticket ticket) {
    Mask mask = Mask.decode(artifacts.get(ticket.trial().start().mask()));
    Folder folder = new Folder(output.resolve(ticket.folder()), facts(ticket, mask));
    folder.write("ticket.json", Json.indented(folder.facts).getBytes(StandardCharsets.UTF_8));
    folder.writeTensors("mask", ChannelsFirst.mask(mask));
    if (formats.contains(Format.DL4J) && !formats.contains(Format.NPZ)) {
      folder.write("mask.npz", Npz.encode(ChannelsFirst.mask(mask)));
    }
    TrainingSpec training = ticket.campaign().training();
    ticket
        .weights()
        .forEach(
            (part, ref) -> {
              Weights weights = Weights.decode(artifacts.get(ref));
              folder.writeTensors(part, ChannelsFirst.weights(weights));
              if (formats.contains(Format.DL4J)) {
                folder.write(part + ".dl4j.zip", Dl4jZip.encode(weights, training));
              }
            });
    return List.copyOf(folder.files);
  }

  /** The files of one ticket. */
  private final class Folder {

    private final Path path;
    private final SortedMap<String, String> facts;
    private final List<Path> files = new ArrayList<>();

    Folder(Path path, SortedMap<String, String> facts) {
      this.path = path;
      this.facts = facts;
      DurableFiles.createDirectories(path);
    }

    void writeTensors(String part, List<Tensor> tensors) {
      if (formats.contains(Format.SAFETENSORS)) {
        SortedMap<String, String> metadata = new TreeMap<>(facts);
        metadata.put("contents", part);
        // Loaders of several frameworks expect this key.
        metadata.put("format", "pt");
        write(part + ".safetensors", Safetensors.encode(tensors, metadata));
      }
      if (formats.contains(Format.NPZ)) {
        write(part + ".npz", Npz.encode(tensors));
      }
    }

    void write(String name, byte[] content) {
      Path file = path.resolve(name);
      DurableFiles.write(file, content);
      files.add(file);
    }
  }

  private static SortedMap<String, String> facts(Ticket ticket, Mask mask) {
    SortedMap<String, String> facts = new TreeMap<>();
    facts.put("campaign", ticket.id().campaign());
    facts.put("replicate", Integer.toString(ticket.id().replicate()));
    facts.put("round", Integer.toString(ticket.id().round()));
    facts.put("arm", ticket.id().arm().toString());
    facts.put("network", mask.network().name());
    facts.put("dataset", ticket.campaign().dataset().name());
    facts.put("remaining_weights", Long.toString(mask.density().remaining()));
    facts.put("prunable_weights", Long.toString(mask.density().total()));
    facts.put("remaining_percent", Double.toString(mask.density().remainingPercent()));
    facts.put("start_iteration", Integer.toString(ticket.trial().start().iteration()));
    facts.put("tombola", BuildInfo.read().toString());
    facts.put("mask_sha256", ticket.trial().start().mask().sha256());
    ticket.weights().forEach((part, ref) -> facts.put(part + "_sha256", ref.sha256()));
    return facts;
  }
}
