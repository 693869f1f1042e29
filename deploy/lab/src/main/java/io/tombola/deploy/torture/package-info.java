/** The proof by experiment that nothing is lost: a campaign under seeded faults, compared. */
package io.tombola.deploy.torture;
