/**
 * How fast Tombola is on a machine: engines against the machine's floor and PyTorch in interleaved
 * runs, and what a campaign costs besides training. What is compared alternates window by window.
 */
package io.tombola.deploy.bench;
