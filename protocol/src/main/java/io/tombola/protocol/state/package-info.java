/**
 * What the events add up to: the one fold that supervisors, readers and the publisher share, so
 * that all of them see the same campaign.
 */
package io.tombola.protocol.state;
