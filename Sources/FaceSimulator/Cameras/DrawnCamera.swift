// SPDX-License-Identifier: Apache-2.0

/// A camera that the simulator comes with, by its channel: the kinds take turns, and every field has a value.
struct DrawnCamera: Sendable {
    var channel: Int

    var kind: CameraKind {
        switch channel % 5 {
        case 1: .rtsp
        case 2: .vcn
        case 3: .image
        case 4: .onvif
        default: .gb28181
        }
    }

    /// The camera, bound to libraries.
    func stored(boundTo libraries: [Int]) -> StoredCamera {
        let address = "127.0.1.\(channel)"
        let values: [String: String] = [
            "camera_mode": kind == .image ? "IMAGE" : "VIDEO", "camera_name": "Gate \(channel)",
            "camera_pwd": "camera-secret-\(channel)", "camera_roi": "",
            "camera_sip_id": "3402000000132000000\(channel)",
            "camera_user": "admin", "decoder": "", "description": "", "facesize_max": "1000", "facesize_min": "60",
            "ip": address, "lib_ids": libraries.map { String($0) }.joined(separator: ","),
            "port": kind == .gb28181 ? "5060" : "80", "position": "Floor \(channel % 3)", "product": "",
            "protocol": kind.protocolName ?? "", "roi_max": "2073600", "server_sip_id": "34020000002000000001",
            "snap_mode": "3", "status": "1", "task_type": "face", "threshold": "75",
            "trd_fetch_stream_url": "http://\(address)/stream", "trd_login_pwd": "platform-secret-\(channel)",
            "trd_login_url": "http://\(address)/login", "trd_login_user": "platform",
            "url": "rtsp://admin:stream-secret-\(channel)@\(address):554", "vehicle_lib_ids": "", "vendor": "hikvision",
        ]
        return StoredCamera(channel: channel, kind: kind, values: values)
    }
}
