/**
 * The journal as an outbox: results go from the journal to Kafka, each once and in order, and come
 * back to whoever reads the topic. The only package that knows the Kafka client.
 */
package io.tombola.actors.publish;
