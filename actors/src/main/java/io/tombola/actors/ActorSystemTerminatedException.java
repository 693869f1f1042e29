package io.tombola.actors;

/** A pipeline that ended before its campaign did, by an error that no actor could handle. */
public final class ActorSystemTerminatedException extends RuntimeException {

  ActorSystemTerminatedException() {
    super(
        "expected the run to end by itself, found that a fatal error, such as too little memory,"
            + " broke it off; see logs in the store, give Java more memory by"
            + " TOMBOLA_JAVA_OPTS=-Xmx8g or train fewer at a time by --set devices.cpu-slots=1, and"
            + " type the same command again");
  }
}
