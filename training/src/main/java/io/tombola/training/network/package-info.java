/** Networks as lists of layers, and their weights in one canonical layout. */
package io.tombola.training.network;
