/** Exports a store's campaigns and the process that runs them as Prometheus metrics. */
package io.tombola.deploy.metrics;
