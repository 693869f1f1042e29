/**
 * The journal as a transactional outbox: a projection follows the events, and one transactional
 * producer publishes results and states, each result exactly once and in order.
 */
package io.tombola.actors.publish.outbox;
