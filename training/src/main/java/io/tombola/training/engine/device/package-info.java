/** The devices of this machine, the engines on them, and the threads and cores they compute on. */
package io.tombola.training.engine.device;
