package io.tombola.training.data.fetch;

import java.util.List;

/** No mirror had the file. */
public final class UnavailableException extends Exception {

  private final String file;

  UnavailableException(String file, List<String> reasons) {
    super(reasons.isEmpty() ? "no mirror" : String.join(", ", reasons));
    this.file = file;
  }

  /** The name of the file that is missing; the message has a reason for each mirror. */
  public String file() {
    return file;
  }
}
