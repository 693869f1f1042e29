/** Trainers as child processes: how they are started, and what runs in them. */
package io.tombola.deploy.trainer;
