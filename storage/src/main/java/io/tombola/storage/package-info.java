/**
 * The store as a directory: where its files lie, its id, the address of its journal, durable
 * writes, and the failures that reading or writing a store can have. The packages below hold its
 * parts; none of them knows of engines or brokers.
 */
package io.tombola.storage;
