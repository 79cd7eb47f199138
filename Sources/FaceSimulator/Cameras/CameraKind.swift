// SPDX-License-Identifier: Apache-2.0

/// What a camera is, by its letter in the table of camera fields (chapter 4).
enum CameraKind: Character, Sendable {
    case rtsp = "r"
    case onvif = "o"
    case gb28181 = "g"
    case vcn = "v"
    /// A capture camera, which has no protocol.
    case image = "i"

    /// How many units of computing power it takes (4.1).
    var power: Int { self == .image ? 1 : 2 }

    /// `protocol` as replies show it (C4); `nil` where there is none.
    var protocolName: String? {
        switch self {
        case .rtsp: "rtsp"
        case .onvif: "onvif"
        case .gb28181: "gb28181"
        case .vcn: "vcn"
        case .image: nil
        }
    }
}
