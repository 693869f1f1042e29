/**
 * The HTTP server of a store: JSON API, server-sent events, metrics and the dashboard. It reads the
 * store like any other process and has its own actor system, so that it cannot slow or stop a run.
 */
package io.tombola.deploy.serve;
