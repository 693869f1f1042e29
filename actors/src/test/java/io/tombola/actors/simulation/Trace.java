package io.tombola.actors.simulation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.stream.Collectors;

/** What happened in a simulation: a hash of everything, and the last entries. */
final class Trace {

  private static final int KEPT = 40;
  private static final long PRIME = 0x100000001b3L;

  private final Deque<Object> last = new ArrayDeque<>();
  private long hash = 0xcbf29ce484222325L;

  /** An entry that is the same in every run of the seed. */
  void add(String stable) {
    mix(stable);
    keep(stable);
  }

  void add(HandledMessage handled) {
    mix(handled.stable());
    keep(handled);
  }

  /** A number that is the same in every run of the seed. */
  void add(long number) {
    hash = (hash ^ number) * PRIME;
  }

  long hash() {
    return hash;
  }

  /** The last entries, oldest first, one line each. */
  String tail() {
    return last.stream().map(Object::toString).collect(Collectors.joining("\n  ", "  ", ""));
  }

  private void mix(String text) {
    for (int i = 0; i < text.length(); i++) {
      add(text.charAt(i));
    }
  }

  private void keep(Object entry) {
    last.add(entry);
    if (last.size() > KEPT) {
      last.remove();
    }
  }
}
