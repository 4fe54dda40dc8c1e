/**
 * The vendor's Terraform client, in both generations, as far as its requests and what it does with answers go.
 *
 * <p>{@link io.millrace.it.terraform.TerraformClient} sends what that client sends, member by member, and reads answers as
 * strictly; the tests replay its sequences against a running platform.
 */
@NullMarked
package io.millrace.it.terraform;

import org.jspecify.annotations.NullMarked;
