/**
 * Measurements for people who change Tombola's own code: kernels, the latency between trials, two
 * device slots against one, and the cost of HTTP clients.
 */
package io.tombola.deploy.bench.developer;
