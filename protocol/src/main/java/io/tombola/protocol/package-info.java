/**
 * The vocabulary every module shares: ids of campaigns, replicates, trials and artifacts. Nothing
 * here knows of actors, databases, brokers or engines.
 */
package io.tombola.protocol;
