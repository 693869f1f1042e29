/**
 * Publishing to Kafka: the address of a cluster, the layout of topics, and how records are encoded.
 * The packages below publish results and states ({@code outbox}), publish progress ({@code
 * progress}), and create, check and read topics ({@code topic}).
 *
 * <p>There is no actor here: Kafka's clients block, so each publisher runs on a thread of its own.
 * It is in this module because it publishes what the actors report and persist. No other package
 * knows the Kafka client.
 */
package io.tombola.actors.publish;
