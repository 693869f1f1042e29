/**
 * The journal as an outbox: results go from the journal to Kafka, each once and in order, states as
 * they change, and beside them news of a run that may be lost; all come back to whoever reads the
 * topics. The only package that knows the Kafka client.
 */
package io.tombola.actors.publish;
