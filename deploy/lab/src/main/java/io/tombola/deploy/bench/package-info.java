/**
 * How fast Tombola is on a machine: engines against the machine's floor and PyTorch in interleaved
 * runs, and what a campaign costs besides training. What is compared alternates window by window,
 * also with another process, which JMH does not do; JMH is under GPL-2.0 besides.
 */
package io.tombola.deploy.bench;
