/**
 * Read model of a store's campaigns for status displays: folds the journal and reads the heartbeat
 * file of the running process. Reading never affects a run.
 */
package io.tombola.deploy.live;
