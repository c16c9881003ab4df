# ruff: noqa: E501 - a sentence stands on a line
"""Invented petitions: a small grammar of Vietnamese sentences. Dữ liệu minh họa, no real person.

A text is four to nine sentences chosen by topic and kind; with numbers, months and places filled
in, two texts are rarely alike, and near-copies are made on purpose (`nearly`).
"""

from __future__ import annotations

from random import Random

from dongthuan.core.text import fold

SURNAMES = [
    "Nguyễn",
    "Nguyễn",
    "Nguyễn",
    "Nguyễn",
    "Trần",
    "Trần",
    "Trần",
    "Lê",
    "Lê",
    "Phạm",
    "Phạm",
    "Huỳnh",
    "Hoàng",
    "Phan",
    "Vũ",
    "Võ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Đinh",
    "Trương",
    "Lâm",
    "Mai",
    "Cao",
    "Tạ",
    "Đoàn",
    "Thái",
    "Châu",
    "Tô",
    "Hà",
    "Kiều",
    "Lương",
    "Thạch",
]
MIDDLES = {
    "m": [
        "Văn",
        "Văn",
        "Hữu",
        "Đình",
        "Minh",
        "Quang",
        "Công",
        "Thanh",
        "Xuân",
        "Đức",
        "Ngọc",
        "Tấn",
        "Trọng",
        "Bá",
        "Thế",
        "Hoàng",
    ],
    "f": [
        "Thị",
        "Thị",
        "Thị",
        "Ngọc",
        "Kim",
        "Thu",
        "Mỹ",
        "Thanh",
        "Hồng",
        "Bích",
        "Diệu",
        "Phương",
        "Minh",
        "Tuyết",
        "Xuân",
    ],
}
GIVEN = {
    "m": [
        "An",
        "Bình",
        "Cường",
        "Dũng",
        "Đạt",
        "Giang",
        "Hải",
        "Hậu",
        "Hiếu",
        "Hòa",
        "Hùng",
        "Huy",
        "Khoa",
        "Kiên",
        "Lâm",
        "Long",
        "Lợi",
        "Mạnh",
        "Nam",
        "Nghĩa",
        "Nhân",
        "Phong",
        "Phúc",
        "Quân",
        "Quý",
        "Sang",
        "Sơn",
        "Tài",
        "Tâm",
        "Thắng",
        "Thành",
        "Thiện",
        "Tiến",
        "Toàn",
        "Trí",
        "Trung",
        "Tuấn",
        "Vinh",
        "Vũ",
        "Ổi",
        "Đước",
        "Tràm",
        "Thông",
    ],
    "f": [
        "An",
        "Ánh",
        "Bông",
        "Chi",
        "Cúc",
        "Diễm",
        "Dung",
        "Đào",
        "Gấm",
        "Hà",
        "Hạnh",
        "Hiền",
        "Hoa",
        "Huệ",
        "Hương",
        "Lan",
        "Liễu",
        "Loan",
        "Lựu",
        "Mai",
        "Mận",
        "Mơ",
        "Na",
        "Nga",
        "Ngân",
        "Nhàn",
        "Nhung",
        "Oanh",
        "Phượng",
        "Quyên",
        "Sen",
        "Sương",
        "Thảo",
        "Thơm",
        "Thủy",
        "Trang",
        "Trinh",
        "Tươi",
        "Vân",
        "Xoan",
        "Yến",
    ],
}
VILLAGES = [
    "An Lạc",
    "Bình Minh",
    "Cây Dừa",
    "Đồng Sim",
    "Gò Mít",
    "Hòa Thuận",
    "Long Phú",
    "Mỹ Trang",
    "Phước Lộc",
    "Quy Thiện",
    "Tân Mỹ",
    "Thạch Bi",
    "Thanh Lâm",
    "Trung Hòa",
    "Trường Xuân",
    "Vạn Lý",
    "Vĩnh Bình",
    "Xuân Thành",
    "Hội An Tây",
    "Bàu Sen",
]

OPENINGS = (
    "Kính gửi Ủy ban nhân dân {area}.",
    "Kính thưa các đồng chí lãnh đạo {area}.",
    "Tôi tên là {name}, thường trú tại {place}.",
    "Gia đình tôi sinh sống tại {place} đã hơn {years} năm.",
    "Thay mặt {n} hộ dân ở {place}, tôi xin trình bày như sau.",
    "Bà con {place} nhờ tôi viết đơn này gửi đến chính quyền.",
    "Tôi là người dân ở {place}, xin nêu sự việc sau.",
    "Qua loa truyền thanh tôi biết có thể gửi ý kiến nên viết mấy dòng này.",
    "",
    "",
)
SINCE = (
    "Sự việc bắt đầu từ tháng {month} năm {year}.",
    "Tình trạng này kéo dài đã {months} tháng nay.",
    "Từ sau đợt mưa lũ tháng {month} đến giờ vẫn như vậy.",
    "Khoảng {weeks} tuần trước thì mức độ nặng hơn hẳn.",
    "Năm {year} cũng từng xảy ra một lần nhưng nhẹ hơn.",
    "Từ khi sáp nhập địa giới đến nay chưa ai đến xem.",
    "Mỗi năm cứ gần Tết là sự việc lại tái diễn.",
    "Hôm {day}/{month} vừa rồi là lần thứ {times} trong năm.",
)
BEFORE = (
    "Tôi đã báo trưởng thôn nhưng chưa thấy trả lời.",
    "Chúng tôi từng nêu ý kiến trong buổi tiếp xúc cử tri mà chưa được giải quyết.",
    "Cán bộ có đến lập biên bản ngày {day}/{month}, sau đó không có kết quả.",
    "Đã gọi đường dây nóng {times} lần, được hẹn rồi thôi.",
    "Gia đình đã nộp hồ sơ tại bộ phận một cửa và có giấy hẹn ngày {day}/{month}.",
    "Tổ hòa giải đã mời hai bên làm việc nhưng không thành.",
    "Văn bản trả lời trước đây chưa đi vào nội dung chúng tôi hỏi.",
    "Đây là lần đầu tôi gửi ý kiến về việc này.",
    "Trong cuộc họp thôn nhiều người cũng đã nói đến chuyện ấy.",
)
CLOSINGS = (
    "Rất mong được xem xét sớm.",
    "Xin chân thành cảm ơn.",
    "Kính mong lãnh đạo quan tâm giải quyết dứt điểm.",
    "Tôi xin chịu trách nhiệm về những điều đã trình bày.",
    "Mong nhận được câu trả lời bằng văn bản.",
    "Đề nghị thông báo kết quả cho bà con được biết.",
    "Kèm theo đơn là ảnh chụp hiện trường và bản sao giấy tờ liên quan.",
    "",
)

# topic -> what happens, details, whom it harms, what is asked
TOPICS: dict[str, dict[str, tuple[str, ...]]] = {
    "land": {
        "what": (
            "Thửa đất số {n} tờ bản đồ số {m} của gia đình chưa được cấp giấy chứng nhận quyền sử dụng đất",
            "Ranh giới giữa thửa đất của tôi và hộ liền kề bị lấn sang khoảng {m} mét",
            "Việc kiểm kê đất đai, cây trồng khi giải phóng mặt bằng còn thiếu nhiều hạng mục",
            "Giá bồi thường đất nông nghiệp thấp hơn nhiều so với các hộ cùng tuyến đường",
            "Lối đi chung của xóm bị rào chắn, xe cứu thương không vào được",
            "Diện tích ghi trong sổ đỏ nhỏ hơn diện tích gia đình đang sử dụng ổn định",
            "Đất vườn liền kề đất ở không được tính khi chuyển mục đích sử dụng",
            "Lô tái định cư bốc thăm được bị ngập và chưa có điện nước",
            "Đất lúa hai vụ bị san lấp trái phép để làm bãi tập kết vật liệu",
            "Hồ sơ thừa kế quyền sử dụng đất nộp đã lâu mà chưa được giải quyết",
            "Một phần đất nghĩa trang của dòng họ bị đưa vào quy hoạch khu dân cư",
            "Mốc giới hành lang an toàn đường bộ cắm sai so với bản đồ địa chính",
        ),
        "more": (
            "Nguồn gốc đất do cha mẹ để lại, sử dụng liên tục từ trước năm 1993 không tranh chấp.",
            "Tổ đo đạc chỉ đo một lần, không có chữ ký của chủ sử dụng đất giáp ranh.",
            "Bảng chiết tính niêm yết tại nhà văn hóa không ghi rõ đơn giá từng loại cây.",
            "Trong biên bản kiểm đếm thiếu {n} cây keo, {m} cây dừa và cái giếng đào.",
            "Cán bộ địa chính trước đây đã xác nhận ranh giới nhưng nay hồ sơ không còn lưu.",
            "Các hộ hai bên đều đã nhận giấy chứng nhận từ năm {year}.",
            "Thông báo thu hồi đất gửi sau khi máy móc đã vào thi công.",
            "Chúng tôi chưa được họp lấy ý kiến về phương án hỗ trợ tái định cư.",
            "Biên lai thuế đất các năm vẫn còn giữ đầy đủ.",
        ),
        "harm": (
            "Gia đình không thể vay vốn ngân hàng để sửa nhà trước mùa mưa bão.",
            "Hai nhà vốn thuận hòa nay to tiếng với nhau, con cháu khó xử.",
            "Số tiền nhận được không đủ mua lại mảnh đất tương tự để sản xuất.",
            "Ruộng bên cạnh bị chắn dòng nước, lúa chết khô từng vạt.",
            "Người già trong nhà lo lắng mất ăn mất ngủ.",
        ),
        "ask": (
            "Đề nghị đo đạc lại thửa đất có mặt các hộ giáp ranh.",
            "Đề nghị xem xét lại đơn giá và bổ sung phần kiểm kê còn thiếu.",
            "Xin được biết rõ hồ sơ đang ở khâu nào và ngày trả kết quả.",
            "Mong tổ chức đối thoại giữa các hộ với chủ đầu tư và hội đồng bồi thường.",
            "Đề nghị yêu cầu tháo dỡ hàng rào, trả lại lối đi chung.",
            "Đề nghị hủy hoặc sửa quyết định đã ban hành cho đúng nguồn gốc đất.",
        ),
    },
    "environment": {
        "what": (
            "Trại nuôi heo xả nước thải thẳng ra mương thủy lợi, mùi hôi nồng nặc",
            "Rác sinh hoạt đổ tràn lan dưới chân cầu, ruồi muỗi sinh sôi",
            "Xe thu gom rác {weeks} tuần nay không vào xóm",
            "Cơ sở chế biến thủy sản thải nước đen ra sông lúc nửa đêm",
            "Lò đốt than trong khu dân cư nhả khói suốt ngày đêm",
            "Xe ben chở đất không che bạt, bụi phủ trắng nhà cửa hai bên đường",
            "Xưởng cưa hoạt động đến {m} giờ khuya gây ồn",
            "Kênh dẫn nước bị bèo và túi ni lông bịt kín, nước đọng bốc mùi",
            "Nước giếng khoan có màu vàng và váng dầu",
            "Bao bì thuốc trừ sâu vứt đầy bờ ruộng, không có bể chứa",
            "Hồ nuôi tôm trên cát bơm nước mặn làm nhiễm mặn giếng của dân",
        ),
        "more": (
            "Buổi chiều gió đổi hướng thì cả xóm phải đóng kín cửa.",
            "Chúng tôi đã chụp ảnh và quay phim vào các ngày {day}, {m} tháng {month}.",
            "Hệ thống biogas của trại đã đầy từ lâu mà không hút.",
            "Phí vệ sinh vẫn thu đều {n} nghìn đồng mỗi hộ một tháng.",
            "Cá trong ao của ba hộ chết nổi trắng sau mỗi lần xả.",
            "Điểm tập kết rác cách trường mẫu giáo chưa đầy {m} mét.",
            "Chủ cơ sở hứa khắc phục nhưng chỉ được vài hôm.",
        ),
        "harm": (
            "Trẻ nhỏ và người già bị ho, viêm mũi kéo dài.",
            "Bà con không dám dùng nước giếng, phải mua nước bình.",
            "Học sinh đi ngang phải bịt khẩu trang.",
            "Khách đến tắm biển phàn nàn rồi bỏ đi, hàng quán vắng hẳn.",
            "Ruộng rau bị cháy lá, bán không ai mua.",
        ),
        "ask": (
            "Đề nghị kiểm tra đột xuất và lấy mẫu nước gửi xét nghiệm.",
            "Đề nghị bố trí thêm thùng rác và lịch thu gom cố định.",
            "Yêu cầu cơ sở ngừng xả thải cho đến khi có hệ thống xử lý.",
            "Mong chính quyền ra quân dọn vệ sinh cùng nhân dân.",
            "Đề nghị di dời cơ sở gây ô nhiễm ra khỏi khu dân cư.",
        ),
    },
    "construction": {
        "what": (
            "Đường bê tông vào {place} bị nứt gãy, ổ gà sâu cả gang tay",
            "Đèn chiếu sáng đoạn từ ngã ba đến nhà văn hóa hỏng {n} bóng",
            "Cống thoát nước trước cổng trường bị sụt nắp",
            "Công trình kè chống sạt lở làm dở dang rồi bỏ đó",
            "Nước sạch chảy yếu, có hôm mất hẳn từ sáng đến tối",
            "Dây điện và cáp viễn thông chùng xuống sát đầu người đi xe máy",
            "Nhà hàng xóm xây lấn chiếm vỉa hè, cơi nới không phép",
            "Cầu tràn qua suối bị xói mòn hai mố, lan can gãy",
            "Mặt đường mới trải nhựa chưa đầy năm đã bong tróc",
            "Đơn vị thi công đào đường đặt ống rồi lấp sơ sài",
            "Biển báo giao thông ở khúc cua bị cây che khuất",
            "Nhà văn hóa thôn dột nát, trần rơi từng mảng",
        ),
        "more": (
            "Trời mưa nước ngập đến nửa bánh xe, không thấy đường mà tránh.",
            "Tuần qua đã có {m} vụ ngã xe, may mà chỉ xây xát.",
            "Công trình do nhân dân đóng góp {n} triệu đồng theo phương châm Nhà nước và nhân dân cùng làm.",
            "Bảng thông tin dự án không ghi thời gian hoàn thành.",
            "Ban giám sát đầu tư của cộng đồng đã lập biên bản về chất lượng cát đá.",
            "Xe tải trọng lớn vẫn chạy qua dù có biển hạn chế {m} tấn.",
            "Đơn vị quản lý nói chờ kinh phí năm sau.",
        ),
        "harm": (
            "Các cháu đi học ban đêm rất nguy hiểm.",
            "Hàng nông sản chở ra chợ phải đi vòng thêm {m} cây số.",
            "Người dân phải tự mua đá đổ tạm mà vài hôm lại trôi.",
            "Nước tràn vào nhà làm hư hỏng đồ đạc.",
            "Cả xóm phải xách nước từ giếng cũ về dùng.",
        ),
        "ask": (
            "Đề nghị sửa chữa trước khi vào mùa mưa.",
            "Đề nghị kiểm tra chất lượng và công khai quyết toán công trình.",
            "Mong thay bóng đèn và cắt tỉa cây xanh che biển báo.",
            "Đề nghị xử lý trường hợp xây dựng sai phép.",
            "Đề nghị yêu cầu nhà thầu hoàn trả mặt bằng như cũ.",
            "Xin cho biết khi nào công trình tiếp tục thi công.",
        ),
    },
    "welfare": {
        "what": (
            "Hộ tôi bị đưa ra khỏi danh sách hộ nghèo mà không được báo trước",
            "Tiền trợ cấp người cao tuổi của mẹ tôi chậm {months} tháng",
            "Hồ sơ hưởng chế độ người có công nộp từ năm {year} chưa có kết quả",
            "Thẻ bảo hiểm y tế của con tôi ghi sai ngày sinh nên không dùng được",
            "Tiền hỗ trợ nhà ở sau bão chia không đều giữa các hộ",
            "Chế độ cho người khuyết tật nặng bị hạ mức không rõ lý do",
            "Gạo cứu trợ đợt lũ vừa qua không đến được xóm trên",
            "Danh sách bình xét hộ cận nghèo không niêm yết tại thôn",
        ),
        "more": (
            "Chồng tôi bị tai biến nằm một chỗ, tôi làm thuê nuôi {m} miệng ăn.",
            "Buổi bình xét chỉ có vài hộ dự, nhiều người không được mời.",
            "Bưu điện trả lời là danh sách chi trả chưa có tên.",
            "Giấy xác nhận thương tật còn bản gốc do đơn vị cũ cấp.",
            "Căn nhà tranh của gia đình tốc mái hoàn toàn trong cơn bão số {m}.",
            "Có hộ khá giả, có xe tải vẫn được nhận hỗ trợ.",
        ),
        "harm": (
            "Gia đình phải vay nóng để mua thuốc.",
            "Cháu lớn có nguy cơ nghỉ học giữa chừng.",
            "Cụ đã ngoài tám mươi, đi lại nhiều lần rất khổ.",
            "Bà con bàn tán, mất lòng tin vào việc bình xét.",
        ),
        "ask": (
            "Đề nghị rà soát lại và công khai danh sách tại nhà văn hóa.",
            "Xin được chi trả đủ số tháng còn thiếu.",
            "Mong hướng dẫn giấy tờ cần bổ sung để khỏi đi lại nhiều lần.",
            "Đề nghị họp lại thôn để bình xét cho công bằng.",
        ),
    },
    "order": {
        "what": (
            "Nhóm thanh niên tụ tập đua xe nẹt pô vào tối thứ bảy",
            "Quán hát mở loa công suất lớn đến {m} giờ đêm",
            "Trộm cắp gà vịt, máy bơm xảy ra liên tục trong xóm",
            "Có người lạ đến mời chào vay tiền lãi cao, dán tờ rơi khắp cột điện",
            "Đánh bạc ăn tiền tại quán nước cạnh bến xe",
            "Chó thả rông cắn người đi đường",
            "Mâu thuẫn giữa hai nhóm thợ biển dẫn đến xô xát",
            "Xe tải đậu chắn lối ra vào chợ từ sáng sớm",
        ),
        "more": (
            "Camera của nhà tôi có ghi lại hình ảnh lúc {m} giờ ngày {day}/{month}.",
            "Công an đã nhắc nhở nhưng hôm sau lại như cũ.",
            "Nhiều hộ không dám lên tiếng vì sợ bị trả thù.",
            "Tổ an ninh cơ sở mỏng người, không tuần tra xuể.",
        ),
        "harm": (
            "Học sinh ôn thi không ngủ được.",
            "Phụ nữ đi làm ca đêm rất sợ.",
            "Một cháu bé đã phải tiêm phòng dại.",
            "Tình làng nghĩa xóm sứt mẻ.",
        ),
        "ask": (
            "Đề nghị tăng cường tuần tra vào ban đêm.",
            "Đề nghị xử phạt và yêu cầu cam kết không tái phạm.",
            "Mong lắp thêm camera ở ngã tư.",
            "Đề nghị tổ chức hòa giải giữa các bên.",
        ),
    },
    "service": {
        "what": (
            "Hồ sơ đăng ký khai sinh cho cháu bị trả lại {times} lần với lý do khác nhau",
            "Cán bộ tiếp nhận hẹn rồi không có mặt tại nơi làm việc",
            "Thủ tục cấp phép xây dựng nhà ở kéo dài quá giấy hẹn",
            "Máy lấy số tại trung tâm hành chính công hỏng nhiều ngày",
            "Nộp hồ sơ trực tuyến nhưng vẫn bị yêu cầu mang bản giấy",
            "Thái độ giải thích của nhân viên trực gắt gỏng với người lớn tuổi",
            "Phí chứng thực thu không có biên lai",
            "Lịch tiếp công dân niêm yết nhưng lãnh đạo không tiếp",
        ),
        "more": (
            "Giấy hẹn ghi ngày {day}/{month} mà đến nay chưa có kết quả.",
            "Mỗi lần đi từ xóm lên trung tâm mất cả buổi, xa {n} cây số.",
            "Sau sáp nhập tôi không biết phải nộp ở trụ sở nào.",
            "Người làm chứng lúc đó có ba người cùng chờ.",
            "Trang dịch vụ công báo lỗi khi tải tệp lên.",
        ),
        "harm": (
            "Con tôi lỡ hạn nhập học.",
            "Công trình phải dừng, thợ nghỉ mà vẫn trả tiền công.",
            "Bà con nản lòng, ngại đến cơ quan nhà nước.",
            "Chúng tôi mất thêm chi phí đi lại và nghỉ làm.",
        ),
        "ask": (
            "Đề nghị chấn chỉnh tác phong phục vụ nhân dân.",
            "Xin được trả kết quả đúng hẹn và có thư xin lỗi.",
            "Đề nghị niêm yết công khai mức phí, lệ phí.",
            "Mong hướng dẫn một lần cho đầy đủ.",
        ),
    },
    "education": {
        "what": (
            "Trường mẫu giáo thu các khoản ngoài quy định đầu năm học",
            "Phòng học cấp bốn xuống cấp, tường nứt, cửa sổ mục",
            "Trạm y tế thường xuyên hết thuốc thông thường",
            "Sân vận động của xã cho thuê làm bãi giữ xe",
            "Nhà trường xếp lớp quá đông, mỗi lớp {n} cháu",
            "Di tích lịch sử của làng bị xâm hại, bia đá sứt mẻ",
        ),
        "more": (
            "Ban đại diện cha mẹ học sinh không công khai thu chi.",
            "Bếp ăn bán trú chưa có giấy chứng nhận an toàn thực phẩm.",
            "Bác sĩ chỉ có mặt hai buổi mỗi tuần.",
            "Các cháu phải đi nhờ nhà vệ sinh của dân.",
        ),
        "harm": (
            "Phụ huynh nghèo xoay xở không kịp.",
            "Người bệnh phải đi xa hơn {n} cây số mới được khám.",
            "Thanh thiếu niên không có chỗ chơi thể thao.",
        ),
        "ask": (
            "Đề nghị thanh tra các khoản thu và trả lại phần thu sai.",
            "Đề nghị bố trí kinh phí sửa chữa trước năm học mới.",
            "Mong bổ sung thuốc và lịch trực cho trạm y tế.",
            "Đề nghị khoanh vùng bảo vệ di tích.",
        ),
    },
    "economy": {
        "what": (
            "Tiểu thương chợ mới bị tăng giá thuê sạp mà không họp bàn",
            "Phân bón mua ở đại lý nghi là hàng giả, bón xong lúa vàng lá",
            "Bến cá thiếu đá lạnh và luồng lạch bị bồi lấp",
            "Hợp tác xã thu thủy lợi phí mà không điều tiết nước",
            "Dịch tả heo châu Phi làm chết {n} con nhưng chưa được hỗ trợ",
            "Thương lái ép giá ớt, không thực hiện hợp đồng bao tiêu",
        ),
        "more": (
            "Ban quản lý chợ thông báo miệng, không có văn bản.",
            "Tàu công suất lớn phải nằm bờ chờ con nước.",
            "Biên bản tiêu hủy có chữ ký của thú y xã.",
            "Vụ hè thu vừa rồi {m} héc ta ruộng bỏ khô.",
        ),
        "harm": (
            "Nhiều hộ bỏ sạp ra lề đường buôn bán.",
            "Bà con lỗ vốn, nợ vật tư nông nghiệp chồng chất.",
            "Ngư dân phải bán rẻ cho tàu thu mua.",
        ),
        "ask": (
            "Đề nghị đối thoại với tiểu thương trước khi thu.",
            "Đề nghị lấy mẫu kiểm định và xử lý đại lý vi phạm.",
            "Đề nghị nạo vét luồng lạch trước vụ cá nam.",
            "Mong xem xét hỗ trợ theo đúng quy định.",
        ),
    },
    "other": {
        "what": (
            "Sóng điện thoại ở xóm trên chập chờn, không gọi được cấp cứu",
            "Loa truyền thanh phát quá sớm và quá to",
            "Thông tin về việc đổi tên thôn chưa đến được từng nhà",
            "Mồ mả trong khu khai thác đất chưa được di dời chu đáo",
        ),
        "more": (
            "Nhà mạng hứa lắp trạm từ năm {year}.",
            "Nhiều người cao tuổi không dùng mạng xã hội nên không hay biết.",
            "Có {n} ngôi mộ chưa xác định được thân nhân.",
        ),
        "harm": ("Bà con rất bức xúc.", "Việc liên lạc khi bão lũ bị gián đoạn."),
        "ask": ("Đề nghị làm việc với đơn vị liên quan.", "Mong được giải thích rõ tại cuộc họp thôn."),
    },
}  # fmt: skip
COMPLAINED = (
    "Tôi khiếu nại Quyết định số {n}/QĐ-UBND ngày {day}/{month}/{year}.",
    "Tôi không đồng ý với thông báo số {n}/TB-UBND ngày {day}/{month}/{year}.",
    "Đơn này khiếu nại hành vi hành chính của bộ phận tiếp nhận ngày {day}/{month}/{year}.",
    "Nội dung khiếu nại là phần bồi thường trong phương án được duyệt ngày {day}/{month}/{year}.",
)
SHORT = {
    "land": ("Cấp giấy chứng nhận đất", "Tranh chấp ranh giới đất", "Bồi thường thu hồi đất",
             "Lối đi chung bị rào", "Đo đạc lại thửa đất"),
    "environment": ("Trại heo gây mùi hôi", "Rác thải ứ đọng", "Nước thải ra kênh", "Bụi xe chở đất"),
    "construction": ("Đường hư hỏng", "Đèn đường hỏng", "Cống sụt nắp", "Mất nước sạch",
                     "Xây dựng không phép"),
    "welfare": ("Bình xét hộ nghèo", "Trợ cấp chậm chi trả", "Chế độ người có công", "Thẻ bảo hiểm y tế"),
    "order": ("Gây rối ban đêm", "Tiếng ồn quán hát", "Mất trộm trong xóm", "Chó thả rông"),
    "service": ("Hồ sơ trễ hẹn", "Thái độ phục vụ", "Thủ tục trực tuyến", "Thu phí không biên lai"),
    "education": ("Khoản thu đầu năm học", "Phòng học xuống cấp", "Trạm y tế thiếu thuốc"),
    "economy": ("Giá thuê sạp chợ", "Phân bón kém chất lượng", "Luồng lạch bồi lấp"),
    "other": ("Sóng điện thoại yếu", "Loa truyền thanh", "Di dời mồ mả"),
}  # fmt: skip
ANSWERS = (
    "Ủy ban nhân dân {area} đã kiểm tra thực tế và ghi nhận nội dung phản ánh là có cơ sở.",
    "Qua xác minh, nội dung nêu trong đơn đúng một phần.",
    "Bộ phận chuyên môn đã làm việc với các bên liên quan và lập biên bản.",
    "Hạng mục này đã đưa vào kế hoạch quý {quarter} năm {year}.",
    "Kinh phí sửa chữa {n} triệu đồng đã được bố trí từ nguồn sự nghiệp.",
    "Đơn vị thi công đã khắc phục xong và nghiệm thu có đại diện thôn tham gia.",
    "Cơ sở vi phạm đã bị xử phạt và cam kết chấm dứt.",
    "Hồ sơ đã được giải quyết, kết quả trả tại trung tâm phục vụ hành chính công.",
    "Nội dung này Ủy ban nhân dân {area} giải thích như sau để công dân được rõ.",
    "Việc hỗ trợ thực hiện đúng đối tượng, danh sách đã niêm yết lại.",
    "Trường hợp còn ý kiến, đề nghị liên hệ bộ phận tiếp công dân.",
)


def first_lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


class Writer:
    """Composes names, places, texts, titles and answers from one source of chance."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng

    def name(self) -> str:
        choice = self.rng.choice
        sex = "f" if self.rng.random() < 0.45 else "m"
        return f"{choice(SURNAMES)} {choice(MIDDLES[sex])} {choice(GIVEN[sex])}"

    def village(self) -> str:
        if self.rng.random() < 0.25:
            return f"tổ dân phố {int(self.rng.random() * 12) + 1}"
        return f"thôn {self.rng.choice(VILLAGES)}"

    def text(self, *, kind: str, topic: str, area: str, place: str, name: str, year: int) -> str:
        rng = self.rng
        choice, chance = rng.choice, rng.random
        parts = TOPICS[topic]
        sentences = [choice(OPENINGS)]
        if kind == "complaint":
            sentences.append(choice(COMPLAINED))
        first, second = rng.sample(parts["what"], 2)
        detail, further = rng.sample(parts["more"], 2)
        sentences += (f"{first}.", detail)
        if chance() < 0.75:
            sentences.append(choice(SINCE))
        if chance() < 0.5:
            sentences.append(further)
        if chance() < 0.7:
            sentences.append(choice(parts["harm"]))
        if chance() < 0.3:
            sentences.append(f"Ngoài ra, {first_lower(second)}.")
        if chance() < 0.6:
            sentences.append(choice(BEFORE))
        sentences += (choice(parts["ask"]), choice(CLOSINGS))
        return self._filled(sentences, area=area, place=place, name=name, year=year)

    def answer(self, *, area: str, year: int) -> str:
        return self._filled(
            self.rng.sample(ANSWERS, 2 + int(self.rng.random() * 3)),
            area=area, place="", name="", year=year,
        )  # fmt: skip

    def title(self, *, topic: str, place: str) -> str:
        return f"{self.rng.choice(SHORT[topic])} tại {place}"

    def public(self, *, topic: str, area: str, year: int) -> str:
        """What an official makes of a text for the public: no name, no number of anybody."""
        parts, choice = TOPICS[topic], self.rng.choice
        return self._filled(
            (choice(parts["what"]) + ".", choice(parts["harm"]), choice(parts["ask"])),
            area=area, place="khu dân cư", name="", year=year,
        )  # fmt: skip

    def nearly(self, text: str) -> str:
        """A near-copy, as people send them: a sentence more, less or moved, or without marks."""
        rng = self.rng
        sentences = text.split(". ")
        dice = rng.random()
        if dice < 0.15:
            return fold(text)
        if dice < 0.5 and len(sentences) > 4:
            del sentences[1 + int(rng.random() * (len(sentences) - 2))]
        elif dice < 0.75:
            sentences.insert(-1, rng.choice(BEFORE).partition("{")[0].rstrip(". ") or "Xin cảm ơn")
        else:
            sentences[1:3] = sentences[1:3][::-1]
        return ". ".join(sentences)

    def _filled(
        self, sentences: tuple[str, ...] | list[str], *, area: str, place: str, name: str, year: int
    ) -> str:
        chance = self.rng.random
        text = " ".join(sentence for sentence in sentences if sentence)
        return text.format(
            area=area, place=place, name=name,
            n=int(chance() * 340) + 11, m=int(chance() * 22) + 2,
            years=int(chance() * 30) + 4, months=int(chance() * 14) + 2,
            weeks=int(chance() * 7) + 2, times=int(chance() * 4) + 2,
            day=int(chance() * 28) + 1, month=int(chance() * 12) + 1,
            year=year - int(chance() * 3), quarter=int(chance() * 4) + 1,
        ).strip()  # fmt: skip
