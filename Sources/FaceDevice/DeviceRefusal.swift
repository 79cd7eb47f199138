// SPDX-License-Identifier: Apache-2.0
package import FaceModel

/// How a device's refusal of one portrait is told.
package enum DeviceRefusal {
    /// The rejection behind a code.
    package static func rejection(_ code: Int, _ message: String) -> Rejection {
        Rejection(Reason(deviceCode: code), sentence(code, message), deviceCode: code)
    }

    /// The code and the device's own words.
    package static func sentence(_ code: Int, _ message: String) -> String {
        message.isEmpty ? "the device answered \(code)" : "the device answered \(code): \(message)"
    }

    /// A row that may go through another time.
    package static func unreachable(_ error: DeviceError) -> Rejection {
        let reason: Reason = error.code == .refused ? .deviceRefused : .deviceUnreachable
        return Rejection(reason, error.message, deviceCode: error.deviceCode)
    }

    /// Whether a code in a result CSV is about the batch's way of saying things, or may pass (A4), so
    /// that the single message is worth a try.
    package static func deservesASecondTry(_ code: Int) -> Bool {
        [-3596, -1, -1103, -3524, -3624].contains(code)
    }
}
