package io.tombola.deploy.serve;

import akka.http.javadsl.model.StatusCode;
import akka.http.javadsl.model.StatusCodes;
import io.tombola.protocol.text.ExceptionMessage;

/** A request that the server rejects; the message is one line for the client. */
final class BadRequestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient StatusCode status;

  BadRequestException(StatusCode status, String line) {
    super(line);
    this.status = status;
  }

  BadRequestException(String line) {
    this(StatusCodes.BAD_REQUEST, line);
  }

  Problem problem() {
    return Problem.of(status, ExceptionMessage.of(this));
  }
}
