/** Trainers as child processes: their launcher and their main class. */
package io.tombola.deploy.trainer;
