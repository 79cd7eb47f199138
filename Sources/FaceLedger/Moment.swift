// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Points in time as the ledger keeps them.
package enum Moment {
    /// Now, in seconds since 1970.
    package static var now: Double { Date().timeIntervalSince1970 }
}
