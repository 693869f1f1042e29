/**
 * What a campaign costs besides training, and whether its memory stays constant over many trials.
 */
package io.tombola.deploy.bench.campaign;
