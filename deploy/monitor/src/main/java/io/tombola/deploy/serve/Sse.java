package io.tombola.deploy.serve;

import akka.util.ByteString;

/** Messages of a stream of server-sent events, as the HTML standard has them. */
final class Sse {

  /** The first thing on a stream: how soon to come back. */
  static final ByteString RETRY = ByteString.fromString("retry: 1000\n\n");

  /** Keeps proxies from taking a quiet stream for a dead one. */
  static final ByteString HEARTBEAT = ByteString.fromString(":\n\n");

  private Sse() {}

  /** A message without a place, on one line of data. */
  static String message(String event, String data) {
    return "event: " + event + "\ndata: " + data + "\n\n";
  }

  /** A message after which somebody who comes back goes on. */
  static String message(String event, String id, String data) {
    return "id: " + id + "\n" + message(event, data);
  }
}
