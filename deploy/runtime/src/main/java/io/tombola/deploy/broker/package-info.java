/** The embedded broker: a single-node Kafka in a child process, with its log in the store. */
package io.tombola.deploy.broker;
