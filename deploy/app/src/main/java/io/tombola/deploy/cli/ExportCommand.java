package io.tombola.deploy.cli;

import io.tombola.deploy.cli.TicketExport.Format;
import io.tombola.deploy.cli.TicketExport.Ticket;
import io.tombola.protocol.Arm;
import io.tombola.protocol.TrialId;
import io.tombola.protocol.spec.CampaignSpec;
import io.tombola.protocol.state.ReplicateState;
import io.tombola.protocol.text.ExceptionMessage;
import io.tombola.storage.artifact.ArtifactStore;
import io.tombola.storage.journal.JournalReader;
import io.tombola.storage.view.CampaignView;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code tombola export}. */
@Command(
    name = "export",
    description = {
      "Writes tickets for other tools and prints the files' paths.",
      "",
      "Each ticket is a folder CAMPAIGN/replicate-R/round-N/ARM with files mask (true where a"
          + " weight survives), initial (the weights at the start of the training, before masking),"
          + " trained, theta0 (the replicate's initial weights, if they differ from initial), and"
          + " ticket.json (the provenance; safetensors files contain it too).",
      "",
      "Tensors have PyTorch's names and layout: conv-1.weight [out][in][row][column],"
          + " dense-1.weight and output.weight [out][in] with the inputs of an image channel by"
          + " channel as torch.flatten gives them, conv-1.bias,"
          + " conv-1-batch-norm.weight/.bias/.running_mean/.running_var. A mask has the names of"
          + " its weights.",
      "",
      "A DL4J zip is for ModelSerializer.restoreMultiLayerNetwork; it contains no mask, which is"
          + " an npz file beside it.",
      ""
    })
final class ExportCommand extends StoreCommand {

  /** The result as JSON. */
  record Exported(String campaign, int round, Arm arm, List<String> files) {}

  @Parameters(
      arity = "0..1",
      paramLabel = "CAMPAIGN",
      description = "A campaign's name (default: the newest in the store).")
  private Optional<String> campaign = Optional.empty();

  @Option(
      names = "--round",
      required = true,
      paramLabel = "N",
      description = "The round; 0 is the dense network.")
  private int round;

  @Option(
      names = "--replicate",
      paramLabel = "R",
      description = "One replicate, from 1 (default: all trained ones).")
  private Optional<Integer> replicate = Optional.empty();

  @Option(
      names = "--arm",
      paramLabel = "ARM",
      converter = ArmConverter.class,
      description = "ticket, reinit-1, random-1, ... (default: ticket).")
  private Arm arm = Arm.TICKET;

  @Option(
      names = "--format",
      split = ",",
      paramLabel = "FORMAT",
      description = "safetensors, npz, dl4j, separated by commas (default: safetensors).")
  private List<Format> formats = List.of(Format.SAFETENSORS);

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description = "Where to write (default: ./export).")
  private Path output = Path.of("export");

  @Override
  ExitCode execute(Console console) {
    CampaignView view;
    try (JournalReader journal = JournalReader.open(store())) {
      view = CampaignLookup.newest(journal, store(), campaign);
    }
    checkSelection(view.campaign().spec().orElseThrow());
    TicketExport files =
        new TicketExport(
            new ArtifactStore(store()),
            output.toAbsolutePath().normalize(),
            EnumSet.copyOf(formats));
    List<String> written = new ArrayList<>();
    for (Ticket ticket : trained(view, console)) {
      files.write(ticket).forEach(file -> written.add(file.toString()));
    }
    if (common.json) {
      console.printJson(new Exported(view.name(), round, arm, written));
    } else {
      written.forEach(file -> console.print(file + "\n"));
    }
    return ExitCode.DONE;
  }

  private void checkSelection(CampaignSpec spec) {
    int rounds = spec.pruning().rounds();
    if (round < 0 || round > rounds) {
      throw wrong("a round of " + spec.name() + " from 0 to " + rounds, "--round " + round);
    }
    List<Arm> arms = spec.arms(round);
    if (!arms.contains(arm)) {
      String names = String.join(", ", arms.stream().map(Arm::toString).toList());
      throw wrong("an arm of round " + round + " of " + spec.name() + ": " + names, "--arm " + arm);
    }
    replicate.ifPresent(
        number -> {
          if (number < 1 || number > spec.replicates()) {
            throw wrong(
                "a replicate of " + spec.name() + " from 1 to " + spec.replicates(),
                "--replicate " + number);
          }
        });
  }

  /** The trained ones of the selected tickets; at least one. */
  private List<Ticket> trained(CampaignView view, Console console) {
    List<Ticket> tickets = new ArrayList<>();
    List<Integer> missing = new ArrayList<>();
    for (int number : selected(view)) {
      ticket(view, number).ifPresentOrElse(tickets::add, () -> missing.add(number));
    }
    if (tickets.isEmpty()) {
      throw new UsageException(
          "expected a trained %s in round %d of %s, found none; trained so far: %s"
              .formatted(arm, round, view.name(), trainedRounds(view)));
    }
    if (!missing.isEmpty()) {
      console.say("not trained yet, not exported: replicates " + join(missing));
    }
    return tickets;
  }

  private List<Integer> selected(CampaignView view) {
    return replicate
        .map(List::of)
        .orElseGet(
            () ->
                IntStream.rangeClosed(1, view.campaign().spec().orElseThrow().replicates())
                    .boxed()
                    .toList());
  }

  private Optional<Ticket> ticket(CampaignView view, int number) {
    CampaignSpec spec = view.campaign().spec().orElseThrow();
    TrialId id = new TrialId(spec.name(), number, round, arm);
    return view.replicates().stream()
        .filter(state -> state.replicate() == number)
        .flatMap(
            state ->
                state.trial(round, arm).stream()
                    .filter(trial -> trial.trained().isPresent())
                    .map(
                        trial -> new Ticket(id, spec, trial, state.initialWeights().orElseThrow())))
        .findFirst();
  }

  private String trainedRounds(CampaignView view) {
    List<String> lines = new ArrayList<>();
    for (ReplicateState state : view.replicates()) {
      List<Integer> rounds =
          state.trials().stream()
              .filter(trial -> trial.arm().equals(arm) && trial.trained().isPresent())
              .map(trial -> trial.round())
              .sorted()
              .toList();
      if (!rounds.isEmpty()) {
        lines.add("replicate " + state.replicate() + ": rounds " + join(rounds));
      }
    }
    return lines.isEmpty() ? "nothing" : String.join("; ", lines);
  }

  private static String join(List<Integer> numbers) {
    return String.join(", ", numbers.stream().map(String::valueOf).toList());
  }

  private static UsageException wrong(String expected, String found) {
    return new UsageException("expected " + expected + "; found " + found);
  }

  /** Parses an arm. */
  static final class ArmConverter implements ITypeConverter<Arm> {

    @Override
    public Arm convert(String text) {
      try {
        return Arm.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(ExceptionMessage.of(e));
      }
    }
  }
}
