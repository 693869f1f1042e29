package io.tombola.deploy.cli;

import io.tombola.deploy.config.NearestName;
import io.tombola.protocol.text.ExceptionMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports a wrong command line in one line: what was found, and what was probably meant. */
final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName(" ");
    String message = ExceptionMessage.firstLineOf(e);
    String near =
        e instanceof UnmatchedArgumentException unmatched
            ? suggestion(command, unmatched.getUnmatched())
                .map(word -> "did you mean " + word + "? ")
                .orElse("")
            : "";
    command
        .getErr()
        .println(
            name + ": " + decapitalized(message) + "; " + near + "'" + name + " --help' lists all");
    command.getErr().flush();
    return ExitCode.USAGE.code();
  }

  private static Optional<String> suggestion(CommandLine command, List<String> unmatched) {
    List<String> words = new ArrayList<>(command.getSubcommands().keySet());
    words.addAll(command.getCommandSpec().optionsMap().keySet());
    return unmatched.stream()
        .findFirst()
        .map(word -> word.contains("=") ? word.substring(0, word.indexOf('=')) : word)
        .flatMap(word -> NearestName.of(word, words));
  }

  private static String decapitalized(String message) {
    return message.isEmpty()
        ? message
        : Character.toLowerCase(message.charAt(0)) + message.substring(1);
  }
}
