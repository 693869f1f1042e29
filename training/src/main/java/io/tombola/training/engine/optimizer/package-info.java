/** Update rules that keep pruned weights at zero, shared by all engines. */
package io.tombola.training.engine.optimizer;
