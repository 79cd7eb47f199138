// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <nettle/aes.h>
#include <nettle/hmac.h>
#include <nettle/pbkdf2.h>
