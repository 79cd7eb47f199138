// SPDX-License-Identifier: Apache-2.0

/// A field of a camera, and the kinds that have it (the table of camera fields in chapter 4, without analytics).
struct CameraField: Sendable {
    var name: String
    var isNumber: Bool
    /// The letters of the kinds that 516 shows it for.
    private var shown: String
    /// The letters of the kinds that 515 changes it for.
    private var changed: String

    /// Whether 516 shows it.
    func isShown(of kind: CameraKind) -> Bool { shown.contains(kind.rawValue) }

    /// Whether 515 changes it; it passes over all others.
    func isChanged(of kind: CameraKind) -> Bool { changed.contains(kind.rawValue) }

    /// The fields with which 515 names the platform behind a vcn camera.
    static let platform = ["trd_login_user", "trd_login_pwd", "trd_login_url", "trd_fetch_stream_url"]

    /// All fields in the order of replies; `channel` is the key and not among them.
    static let all: [CameraField] =
        [
            text("camera_mode", "rogvi", ""), text("camera_name", "rogvi", "rogvi"), text("camera_pwd", "ogi", "ogi"),
            text("camera_roi", "ro", "ro"), text("camera_sip_id", "gv", "gv"), text("camera_user", "oi", "oi"),
            text("decoder", "ro", ""), text("description", "rogvi", "rogvi"), number("facesize_max", "rogv", "rogv"),
            number("facesize_min", "rogv", "rogv"), text("ip", "ogi", "ogi"), text("lib_ids", "rogvi", "rogvi"),
            number("port", "ogi", "ogi"), text("position", "rogvi", "rogvi"), text("product", "i", ""),
            text("protocol", "rogv", ""), number("roi_max", "ro", ""), text("server_sip_id", "g", "g"),
            number("snap_mode", "rogv", "rogv"), number("status", "rogvi", ""), text("task_type", "rogvi", "rogvi"),
            number("threshold", "rogvi", "rogvi"), text("url", "r", "r"), text("vehicle_lib_ids", "rogv", "rogv"),
            text("vendor", "i", "i"),
        ] + platform.map { text($0, "v", "v") }

    private static func text(_ name: String, _ shown: String, _ changed: String) -> Self {
        Self(name: name, isNumber: false, shown: shown, changed: changed)
    }

    private static func number(_ name: String, _ shown: String, _ changed: String) -> Self {
        Self(name: name, isNumber: true, shown: shown, changed: changed)
    }
}
