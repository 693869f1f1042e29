/**
 * The store: one directory with a journal, immutable artifacts and a lock, and what can be read
 * from it. Nothing here knows of engines or brokers.
 */
package io.tombola.storage;
