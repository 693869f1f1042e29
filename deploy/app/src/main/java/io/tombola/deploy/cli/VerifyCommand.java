package io.tombola.deploy.cli;

import io.tombola.storage.view.Verification;
import picocli.CommandLine.Command;

/** {@code tombola verify}. */
@Command(
    name = "verify",
    description = {
      "Replays the log, hashes every artifact again, and names what is damaged.",
      "Exit code 5 if anything is damaged."
    })
final class VerifyCommand extends StoreCommand {

  @Override
  ExitCode execute(Console console) {
    Verification verification = Verification.of(store());
    if (common.json) {
      console.printJson(verification);
    } else {
      verification.findings().forEach(finding -> console.print(finding.message() + "\n"));
      console.print(summary(verification) + "\n");
    }
    return verification.damaged() ? ExitCode.DAMAGED : ExitCode.DONE;
  }

  private static String summary(Verification verification) {
    long damaged =
        verification.findings().stream().filter(finding -> finding.kind().isDamage()).count();
    return String.format(
        "%s: %d campaigns, %d events, %d artifacts, %s",
        damaged == 0 ? "sound" : "damaged",
        verification.campaigns(),
        verification.events(),
        verification.artifacts(),
        damaged == 0 ? "nothing is damaged" : damaged + " damaged or missing");
  }
}
