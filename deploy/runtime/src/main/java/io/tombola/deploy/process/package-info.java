/** Setup that is common to all processes of this program. */
package io.tombola.deploy.process;
