package io.tombola.deploy.config;

/** A block of keys. */
record ConfigBlock(String path, String doc) implements ConfigEntry {}
