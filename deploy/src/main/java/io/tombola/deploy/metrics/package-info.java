/** What a monitoring system reads of a store: its campaigns and the process at work, as numbers. */
package io.tombola.deploy.metrics;
