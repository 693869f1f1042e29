package io.tombola.actors;

/** A message that may cross a process boundary; serialized as CBOR by Jackson. */
public interface CborSerializable {}
