"""What any petition may say whatever it is about, and what an office answers."""

from __future__ import annotations

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
COMPLAINED = (
    "Tôi khiếu nại Quyết định số {n}/QĐ-UBND ngày {day}/{month}/{year}.",
    "Tôi không đồng ý với thông báo số {n}/TB-UBND ngày {day}/{month}/{year}.",
    "Đơn này khiếu nại hành vi hành chính của bộ phận tiếp nhận ngày {day}/{month}/{year}.",
    "Nội dung khiếu nại là phần bồi thường trong phương án được duyệt ngày {day}/{month}/{year}.",
)
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
