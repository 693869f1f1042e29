/** Tells a web address of the user's what becomes of a campaign. */
package io.tombola.deploy.notify;
