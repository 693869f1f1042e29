/**
 * An engine that computes with surviving weights only.
 *
 * <p>The examples of a batch lie side by side in the lanes of a row, with a row for each unit, so
 * that one surviving weight serves a whole batch: forward it adds a multiple of one row to another,
 * backward it does the same the other way round, and its gradient is the sum over the lanes of the
 * product of two rows. Each sum has one order, whatever the vector width of the processor: the same
 * bytes everywhere.
 */
package io.tombola.training.engine.sparse;
