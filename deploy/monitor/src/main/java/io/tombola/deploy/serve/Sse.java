package io.tombola.deploy.serve;

import akka.util.ByteString;

/** Formats server-sent events according to the HTML standard. */
final class Sse {

  /** The start of a stream: the reconnection delay in milliseconds. */
  static final ByteString RETRY = ByteString.fromString("retry: 1000\n\n");

  /** A comment that keeps proxies from closing an idle stream. */
  static final ByteString HEARTBEAT = ByteString.fromString(":\n\n");

  private Sse() {}

  /** A message without an id; {@code data} is one line. */
  static String message(String event, String data) {
    return "event: " + event + "\ndata: " + data + "\n\n";
  }

  /** A message with an id, from which a client resumes after a reconnect. */
  static String message(String event, String id, String data) {
    return "id: " + id + "\n" + message(event, data);
  }
}
