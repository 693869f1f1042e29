/**
 * Interleaved timing: the benchmarked operations alternate window by window, so that a disturbance
 * of the machine affects all of them. This also works across processes, which JMH does not support;
 * besides, JMH is under GPL-2.0.
 */
package io.tombola.deploy.bench.measure;
