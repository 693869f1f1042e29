/** The embedded broker: a real single-node Kafka in a child process, its log in the store. */
package io.tombola.deploy.broker;
