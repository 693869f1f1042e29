/**
 * The store over HTTP: a JSON interface, a stream of events, metrics and the page that shows them.
 * It reads the store as any other process does, and has an actor system of its own, so that nothing
 * here slows or ends a run.
 */
package io.tombola.deploy.serve;
