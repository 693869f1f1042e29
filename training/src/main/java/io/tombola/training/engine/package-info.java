/**
 * The port between campaigns and the engines that compute them: an engine trains on one device.
 * {@code dense} and {@code sparse} are engines; {@code device} opens them on this machine's
 * devices.
 */
package io.tombola.training.engine;
